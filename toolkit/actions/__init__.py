"""What is done to toolkits and assessments: every write of this app."""
