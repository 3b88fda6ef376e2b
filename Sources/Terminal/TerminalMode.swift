/// How a terminal hands over what is typed. Every change is undone by `restore`.
struct TerminalMode {
    private let descriptor: Int32
    private let original: termios

    /// - Returns: nil if the descriptor is no terminal.
    init?(_ descriptor: Int32) {
        var settings = termios()
        guard tcgetattr(descriptor, &settings) == 0 else { return nil }
        self.descriptor = descriptor
        original = settings
    }

    /// Every key at once and unseen, also those that otherwise end or stop the program.
    func setRaw() {
        var settings = original
        settings.c_iflag &= ~tcflag_t(BRKINT | ICRNL | INPCK | ISTRIP | IXON)
        settings.c_lflag &= ~tcflag_t(ECHO | ICANON | IEXTEN | ISIG)
        apply(settings)
    }

    /// Whole lines, edited by the terminal itself; Ctrl-C ends a line as a line break does, and is part of it.
    func setLines() {
        var settings = original
        settings.c_lflag |= tcflag_t(ECHO | ICANON)
        settings.c_lflag &= ~tcflag_t(ISIG)
        withUnsafeMutableBytes(of: &settings.c_cc) { $0[Int(VEOL)] = 0x03 }
        apply(settings)
    }

    func restore() {
        apply(original)
    }

    private func apply(_ settings: termios) {
        var settings = settings
        // Not discarding what has been typed ahead.
        while tcsetattr(descriptor, TCSADRAIN, &settings) != 0, errno == EINTR {}
    }

    /// How many columns the terminal has; 80 if it does not say.
    static func columns(_ descriptor: Int32) -> Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 1 else { return 80 }
        return Int(size.ws_col)
    }
}
