"""What every other room stands on: the words of the domain, errors, settings, text folding and geometry."""
