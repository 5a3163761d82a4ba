"""A borough leaves: everything of it is written to a folder, checked there, and then removed from the portal.

Run by the operator as the owner of the tables, since nobody in the portal may read everything (docs/adr/0018).
"""
