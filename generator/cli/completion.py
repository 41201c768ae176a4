"""`roznama completion`: the script by which a shell completes commands, options and files."""

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the script that completes commands, options and names of files in SHELL.

    It asks `roznama` itself at each TAB, so it need not be made again after an upgrade.

    \b
    eval "$(roznama completion bash)"                   in ~/.bashrc
    eval "$(roznama completion zsh)"                    in ~/.zshrc, after compinit
    roznama completion fish > ~/.config/fish/completions/roznama.fish
    """
    from generator.cli import main

    kind = get_completion_class(shell)
    assert kind is not None  # click has all three
    click.echo(kind(main, {}, "roznama", "_ROZNAMA_COMPLETE").source())
