extension NameEnvironment {
    /// What a `build.envd` sees.
    package static let envd = NameEnvironment(
        universal: [
            "None", "True", "False", "abs", "all", "any", "bool", "bytes", "chr", "dict", "dir", "enumerate", "fail",
            "float", "getattr", "hasattr", "hash", "int", "len", "list", "max", "min", "ord", "print", "range", "repr",
            "reversed", "set", "sorted", "str", "tuple", "type", "zip",
        ],
        predeclared: [
            "base", "shell", "run", "git_config", "include", "install", "config", "io", "runtime", "data",
        ])
}
