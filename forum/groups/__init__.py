"""Groups: memberships, and later requests and invitations."""
