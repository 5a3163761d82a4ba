"""Pages about a borough: door, form, one action, redirect."""
