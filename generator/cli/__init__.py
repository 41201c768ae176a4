"""The command line: arguments, printing, exit codes. Nothing below this floor prints, reads the clock's date or the
environment. One file a command; a command is imported when it is called, because `roznama --help` should not wait for
a template engine.

Exit codes of every command: 0 all went well; 1 something was wrong with what was given, and the rest was done; 2 the
command line was not understood; 3 a mistake of Roznama's own.
"""

from importlib import import_module
from keyword import iskeyword

import click

from generator import __version__

COMMANDS = {
    "build": "Build the archive into its output folder.",
    "serve": "Build, show the archive in a browser, and follow every change.",
    "import": "Take in a collection from other people's formats.",
    "inspect": "Show what is read from article files.",
    "check": "Look at the built archive before it is published.",
    "verify": "Prove that a built site and its sources are as they were.",
    "search": "Search the built archive from the terminal.",
    "topics": "See, correct and export the topics of the archive.",
}


class _Lazy(click.Group):
    """A group whose commands are modules of this package, imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(import_module(f"generator.cli.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="roznama")
def main() -> None:
    """Roznama turns a folder of article text into a news archive, right-to-left first.

    \b
    roznama build ARCHIVE     build it once
    roznama serve ARCHIVE     build it, look at it, and follow every change
    """
