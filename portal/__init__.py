"""The roof: settings, URLs, home and error pages. Nothing imports it."""
