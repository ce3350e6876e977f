"""A passkey for the world: what a browser answered once, so that the server can read it."""

PASSKEY = {
    "name": "K1",
    "credential": {
        "id": "V42jrsazavoRT5NDGWRURNf4q4v04QbqM2s27BSL7IE",
        "type": "public-key",
        "rawId": "V42jrsazavoRT5NDGWRURNf4q4v04QbqM2s27BSL7IE",
        "response": {
            "clientDataJSON": (
                "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiNmtJVUlTazdjYVN5c2xvZkpCLUY4VEtSYTJX"
                "VUVIOHBFRE85LTRBRTF2byIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6MzQxMzMiLCJjcm9zc09yaWdpbiI6"
                "ZmFsc2UsIm90aGVyX2tleXNfY2FuX2JlX2FkZGVkX2hlcmUiOiJkbyBub3QgY29tcGFyZSBjbGllbnREYXRhSlNP"
                "TiBhZ2FpbnN0IGEgdGVtcGxhdGUuIFNlZSBodHRwczovL2dvby5nbC95YWJQZXgifQ"
            ),
            "attestationObject": (
                "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAA"
                "AQECAwQFBgcIAQIDBAUGBwgAIFeNo67Gs2r6EU-TQxlkVETX-KuL9OEG6jNrNuwUi-yBpQECAyYgASFYIJuoJ0_e"
                "de91OkKLq6duhScdAcJozj1SRMreJgN6aJnsIlggq0WhvvCAzwDFkLJ4FRg0rGAkcvR9PD7SjE4RaIuYfSM"
            ),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    },
}
"""A registration as a browser's virtual key has answered it once."""
