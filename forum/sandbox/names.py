"""Pseudonyms for a day: a plant, a stone or a bird, and a number."""

import secrets

WORDS = (
    "Ajonc Alouette Ancolie Ardoise Argile Armoise Aubépine Bergeronnette Bleuet Bourrache Bouvreuil Bruyère Busard "
    "Calcaire Chardon Chardonneret Chicorée Coquelicot Cornaline Coucou Craie Digitale Églantine Épervier Fauvette "
    "Fougère Galet Genêt Gentiane Granit Grès Grive Gypse Héron Hirondelle Huppe Jaspe Jonquille Lavande Lichen Lierre "
    "Linotte Loriot Marne Martinet Mauve Meulière Mésange Millepertuis Muguet Obsidienne Ortie Pâquerette Pinson "
    "Pissenlit Pouillot Primevère Quartz Reinette Romarin Rossignol Rougegorge Sauge Schiste Silex Sittelle Soufre "
    "Thym Tilleul Topaze Trèfle Tuffeau Verdier Véronique Violette Vipérine"
).split()


def draw() -> str:
    """A pseudonym at random, one of some sixty-eight thousand."""
    return f"{secrets.choice(WORDS)}-{secrets.randbelow(900) + 100}"
