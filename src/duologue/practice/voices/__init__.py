"""What puts a decision of the partner's into words, and what checks that it may be said."""
