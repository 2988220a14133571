"""Groups: who belongs, by which door one enters, who animates."""
