"""The command line: arguments, printing, exit codes. Nothing below this floor prints, reads the clock's date or the
environment. One file a command; a command is imported when it is called, because `roznama --help` should not wait for
a template engine.

Exit codes of every command: 0 all went well; 1 something was wrong with what was given, and the rest was done; 2 the
command line was not understood; 3 a mistake of Roznama's own; 130 interrupted.
"""

import os
from errno import EPIPE
from importlib import import_module
from keyword import iskeyword

import click

from generator import __version__

COMMANDS = {
    "init": "Look at a folder of articles, and write a site.toml that fits.",
    "new": "Make the file of a new article.",
    "build": "Build the archive into its output folder.",
    "serve": "Build, show the archive in a browser, and follow every change.",
    "import": "Take in a collection from other people's formats.",
    "inspect": "Show what is read from article files.",
    "check": "Look at the built archive before it is published.",
    "stats": "Count what the archive holds.",
    "doctor": "Look for what would keep Roznama from working here.",
    "completion": "Print the script that completes commands in a shell.",
    "verify": "Prove that a built site and its sources are as they were.",
    "publish": "Upload what changed since the last upload.",
    "zim": "Write the built archive as one file for Kiwix.",
    "package": "Pack sources, site and their record for those who keep it.",
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

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from generator.text import nearest

            near = nearest(args[0], COMMANDS)
            raise click.UsageError(
                f"there is no command {args[0]!r}" + (f"; did you mean {near[0]}?" if near else ""), ctx
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run a command. What the user can mend is said by the command itself; anything else is a mistake of ours."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\ninterrupted; what is done is kept", err=True)
            ctx.exit(INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # the last place that can tell what happened
            if isinstance(error, OSError) and error.errno == EPIPE:
                raise  # click ends quietly when nobody reads on: roznama topics list | head
            if isinstance(error, OSError) and error.filename is not None:
                raise click.ClickException(f"{error.filename}: {error.strerror or error}") from None
            click.echo(_own_mistake(error), err=True)
            ctx.exit(OURS)


INTERRUPTED, OURS = 130, 3


def _own_mistake(error: Exception) -> str:
    """What to print of an exception that no command expects: everything a report of it needs, and nothing to look up."""
    import platform
    import sys
    import traceback

    trace = "".join(traceback.format_exception(error)).rstrip()
    return (
        f"{trace}\n\nThis is a mistake of Roznama's own, not yours: {type(error).__name__}: {error}\n"
        f"Your sources and the built site are as they were. Please report it with all of the above and this line:\n"
        f"roznama {__version__}, Python {platform.python_version()}, {platform.platform()}: {' '.join(sys.argv[1:])}"
    )


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="roznama")
@click.pass_context
def main(context: click.Context) -> None:
    """Roznama turns a folder of article text into a news archive, right-to-left first.

    \b
    roznama init DUMPS        look at a folder of articles, and write a site.toml for it
    roznama serve --open      build it, look at it, and follow every change
    roznama build             build it
    roznama COMMAND --help    every option of a command, with examples
    """
    if os.environ.get("NO_COLOR"):  # click knows nothing of it
        context.color = False
