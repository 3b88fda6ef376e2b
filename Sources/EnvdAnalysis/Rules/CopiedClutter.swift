import EnvdSyntax

extension Rule {
    /// A copy of what no image needs: history, caches, virtual environments.
    static let copiedClutter = Rule(
        "copied-clutter", .files, .advice, page: PackageResources.copied_clutter_md,
        .calls(of: "io.copy") { call, context, reporter in
            for path in context.projectPaths(of: call) where path.parameter == "source" {
                let parts = path.text.split(separator: "/")
                guard let last = parts.last, let what = clutter[String(last)] else { continue }
                reporter.report(path.range, "'\(path.text)' is \(what); leave it out")
            }
        })
}

private let clutter = [
    ".git": "the history of the project, with all that was ever in it",
    ".venv": "a virtual environment, which works only where it was made",
    "venv": "a virtual environment, which works only where it was made", "__pycache__": "a cache of Python's compiler",
    "node_modules": "what npm installed for this machine", ".mypy_cache": "a cache", ".pytest_cache": "a cache",
    ".ruff_cache": "a cache", ".ipynb_checkpoints": "a cache of Jupyter",
]
