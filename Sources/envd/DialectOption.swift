import ArgumentParser
import EnvdAnalysis
import EnvdSyntax

/// `--dialect`, as several commands take it.
enum DialectOption: String, Choice {
    /// What envd accepts.
    case envd
    /// All of Starlark, with every option of starlark-go.
    case starlark

    var dialect: Dialect {
        switch self {
        case .envd: .envd
        case .starlark: .starlark
        }
    }
}
