"""The sides of a comparison of layers, each with its command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from contest import OWN_KEYS, PEER_KEYS, Contest, Side, in_turn
from layers.layer import Layer
from peer_process import PeerProcess
from setting import CommandFailed, Printed, Setting, run_json

# A measurement that takes longer hangs.
LONGEST_SECONDS = 300.0
RUNTIMES = {"torch": "PyTorch", "onnxruntime": "ONNX Runtime"}
# Steps of a stream that are timed together on every side.
STREAM_BLOCK = 100


@dataclass(frozen=True)
class SeqNet:
    """`seqnet bench rnn`. Its first measurement writes the tensors for the peers."""

    setting: Setting
    layer: Layer
    threads: int
    # What the peers compare with; None where there is no peer.
    tensors: Path | None = None
    # f32 or bf16.
    weights: str = "f32"
    # The instruction set that is asked for; "" for the best there is.
    isa: str = ""
    name: str = "SeqNet"

    @property
    def calls_a_repeat(self) -> int:
        return STREAM_BLOCK if self.layer.mode == "stream" else 1

    def command(self, repeats: int, saves: bool) -> list[str]:
        options = [*self.layer.options(), "--threads", str(self.threads)]
        if self.weights != "f32":
            options += ["--weights", self.weights]
        options += ["--repeats", str(repeats), "--json"]
        if saves and self.tensors:
            options += ["--save-tensors", str(self.tensors)]
        return [str(self.setting.seqnet), "bench", "rnn", *options]

    def shown(self, repeats: int) -> str:
        prefix = f"SEQNET_ISA={self.isa} " if self.isa else ""
        return prefix + self.setting.shown(self.command(repeats, saves=True))

    def measure(self, repeats: int, is_first: bool) -> Printed:
        command = self.command(repeats, saves=is_first)
        keys = [*OWN_KEYS, "peak_gflops", "rows", "isa"]
        if self.layer.mode == "stream":
            keys.append("fraction_of_bandwidth")
        environment = {"SEQNET_ISA": self.isa} if self.isa else {}
        printed = run_json(command, self.setting.root, LONGEST_SECONDS, keys, environment)
        if self.isa and printed["isa"] != self.isa:
            raise CommandFailed(f"{self.shown(repeats)}\nit used {printed['isa']}")
        return printed


@dataclass(frozen=True)
class Peer:
    """The layer in PyTorch or ONNX Runtime, on SeqNet's weights and inputs."""

    setting: Setting
    process: PeerProcess
    layer: Layer
    tensors: Path
    runtime: str = "torch"
    # None for as many as SeqNet may use.
    threads: int | None = None

    @property
    def name(self) -> str:
        return RUNTIMES[self.runtime] + ("" if self.threads is None else f", {self.threads} thread")

    @property
    def calls_a_repeat(self) -> int:
        return STREAM_BLOCK if self.layer.mode == "stream" else 1

    def arguments(self, repeats: int) -> list[str]:
        return ["--runtime", self.runtime, *self.layer.options(),
                "--threads", str(self.threads or self.setting.threads),
                "--repeats", str(repeats), "--tensors", str(self.tensors)]

    def shown(self, repeats: int) -> str:
        return self.setting.shown([*self.process.program, *self.arguments(repeats)])

    def measure(self, repeats: int, is_first: bool) -> Printed:
        keys = [*PEER_KEYS, "overhead_ms"] if self.runtime == "onnxruntime" else PEER_KEYS
        return self.process.ask(self.arguments(repeats), keys)


@dataclass(frozen=True)
class LayerContest(Contest):
    """A contest about a layer."""

    layer: Layer


def contest(
    setting: Setting, layer: Layer, sides: Sequence[Side], title: str | None = None
) -> LayerContest:
    title = title or layer.title
    return LayerContest(title, in_turn(setting, title, sides), layer)


def beside(
    setting: Setting, process: PeerProcess, layer: Layer, runtimes: Sequence[str] = ("torch",),
    weights: str = "f32", more: Sequence[Side] = (), also_one_thread: bool = False,
) -> LayerContest:
    """SeqNet, its peers on the same tensors, by request on one thread too, where SeqNet decides
    by itself, and what else takes its turn."""
    tensors = setting.scratch / "layer.safetensors"
    ours = SeqNet(setting, layer, setting.threads, tensors, weights)
    peers = [Peer(setting, process, layer, tensors, runtime) for runtime in runtimes]
    if also_one_thread and setting.threads > 1:
        peers += [Peer(setting, process, layer, tensors, r, threads=1) for r in runtimes]
    title = layer.title if weights == "f32" else f"{layer.title}, {weights}"
    return contest(setting, layer, [ours, *peers, *more], title)


def peer_process(setting: Setting) -> PeerProcess:
    """For all layers of a section."""
    return PeerProcess(setting.peer("recurrent_layer.py"), setting.root)
