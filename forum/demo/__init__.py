"""The demonstration: content worth reading for whoever tries the site, and its loader.

Beside the rooms stand:
load    the demonstration, told to the actions of every feature: the whole of this one
lots    the draws, step by step
contests    the candidacies, step by step
"""
