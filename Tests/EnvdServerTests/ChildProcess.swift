import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The id of a process that does nothing until it is ended.
func startSleepingProcess() throws -> pid_t {
    let path = "/bin/sleep"
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(path), strdup("600"), nil]
    defer { for argument in arguments { free(argument) } }
    var child = pid_t()
    try #require(posix_spawn(&child, path, nil, nil, &arguments, environ) == 0)
    return child
}

func endProcess(_ child: pid_t) {
    kill(child, SIGKILL)
    waitpid(child, nil, 0)
}
