"""What is done to reports: every write of this app but a worker's."""
