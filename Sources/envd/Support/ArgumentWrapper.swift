import ArgumentParser

/// `@Argument` means the command line's, also in files that import `EnvdSyntax`, whose calls have arguments as well.
typealias Argument<Value> = ArgumentParser.Argument<Value>
