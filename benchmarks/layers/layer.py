"""Which recurrent layers are measured."""

from __future__ import annotations

from dataclasses import dataclass

CELLS = ("lstm", "gru", "rnn")
# Steps T, sequences B, width I = H, layers: small and large layers, long and short batches.
SHAPES = (
    (50, 32, 128, 1), (50, 32, 512, 1), (100, 64, 256, 2),
    (35, 20, 200, 2), (25, 64, 1024, 1), (200, 8, 64, 1),
)
# From this width on a training must come near the peak.
WIDE = 256


@dataclass(frozen=True)
class Layer:
    """A layer, or several one on another, with its batch and what is timed."""

    cell: str
    # Steps T and sequences B; a stream has one of each.
    time: int
    batch: int
    # Of the inputs and of the hidden state, I = H.
    width: int
    layers: int = 1
    mode: str = "train"
    bidirectional: bool = False
    ragged: bool = False

    @property
    def title(self) -> str:
        """`train, LSTM 50×32, H 128`, with what is out of the ordinary."""
        batch = "" if self.mode == "stream" else f" {self.time}×{self.batch}"
        stacked = f", {self.layers} layers" if self.layers > 1 else ""
        ragged = ", ragged" if self.ragged else ""
        directions = ", both directions" if self.bidirectional else ""
        cell = self.cell.upper()
        return f"{self.mode}, {cell}{batch}, H {self.width}{stacked}{ragged}{directions}"

    @property
    def cells(self) -> list[str]:
        """For a table: cell, T, B, I = H, layers."""
        return [self.cell.upper(), *map(str, (self.time, self.batch, self.width, self.layers))]

    def options(self) -> list[str]:
        """As `seqnet bench rnn` and the peers have them."""
        options = ["--mode", self.mode, "--cell", self.cell]
        if self.mode != "stream":
            options += ["--time", str(self.time), "--batch", str(self.batch)]
        options += ["--input", str(self.width), "--hidden", str(self.width)]
        options += ["--layers", str(self.layers)]
        if self.bidirectional:
            options.append("--bidirectional")
        if self.ragged:
            options.append("--ragged")
        return options


HEAD = ["cell", "T", "B", "I = H", "layers"]


def all_layers(mode: str) -> list[Layer]:
    """Each shape with each cell, the cells one after another."""
    return [Layer(cell, *shape, mode=mode) for cell in CELLS for shape in SHAPES]
