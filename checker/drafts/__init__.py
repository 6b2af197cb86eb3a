"""Drafts where they are kept: checked as they are saved."""
