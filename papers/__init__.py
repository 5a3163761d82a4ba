"""Documents and appendices: versions, checks, sealed storage, download."""
