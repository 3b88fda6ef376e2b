extension NameEnvironment {
    /// What a `*_test.envd` file sees: envd's API and what `envd test` adds to it.
    package static let test = NameEnvironment(
        universal: envd.universal, predeclared: envd.predeclared.union(["plan", "struct"]),
        modules: envd.modules.merging([
            "assert": ["contains", "eq", "fail", "fails", "lt", "ne", "true"],
            "json": ["decode", "encode", "encode_indent", "indent"],
            "math": [
                "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "ceil", "copysign", "cos", "cosh",
                "degrees",
                "e", "exp", "fabs", "floor", "gamma", "hypot", "log", "mod", "pi", "pow", "radians", "remainder",
                "round", "sin", "sinh", "sqrt", "tan", "tanh",
            ],
        ]) { known, _ in known })
}
