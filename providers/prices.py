"""What services charge, in US dollars per unit: a table with a date, shown as estimates.

Sources: the services' public price pages as they stood on `PRICES_AS_OF`. `images` is what a
picture of a short costs on the whole, for the estimate; the tokens that the service reports
decide what is booked.
"""

from __future__ import annotations

from domain.ledger import Price

PRICES_AS_OF = "2026-11-22"

_MILLION = 1e-6
PRICES: dict[tuple[str, str], Price] = {
    ("openai", "gpt-6-luna"): {"input_tokens": 0.10 * _MILLION, "output_tokens": 0.50 * _MILLION},
    ("openai", "gpt-image-2"): {
        "images": 0.06,
        "input_tokens": 5 * _MILLION,
        "input_image_tokens": 8 * _MILLION,
        "output_tokens": 30 * _MILLION,
    },
    # By the minute of sound; `characters` is for the estimate, at the pace of Korean.
    ("openai", "gpt-4o-mini-tts"): {"characters": 40 * _MILLION, "seconds": 0.015 / 60},
    # By the credit, which is a character but for the fast models' half.
    ("elevenlabs", "auto"): {"characters": 100 * _MILLION},
    ("elevenlabs", "eleven_multilingual_v2"): {"characters": 100 * _MILLION},
    ("elevenlabs", "eleven_v3"): {"characters": 100 * _MILLION},
    ("elevenlabs", "eleven_v4"): {"characters": 80 * _MILLION},
    ("elevenlabs", "eleven_flash_v2_5"): {"characters": 100 * _MILLION},
    ("elevenlabs", "music_v1"): {"seconds": 0.15 / 60},
    # Of the smallest plan, $49 for 100 tracks; larger ones are down to $0.02.
    ("mubert", "v3"): {"tracks": 0.49},
    ("openai", "tts-1"): {"characters": 15 * _MILLION},
    ("openai", "tts-1-hd"): {"characters": 30 * _MILLION},
}


def price_of(provider: str, model: str) -> Price | None:
    """None where no price is known: a server of one's own, or a model newer than the table."""
    return PRICES.get((provider, model))
