"""What is done to a borough, its people and its committees: every write of this app."""
