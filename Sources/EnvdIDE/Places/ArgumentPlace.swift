import EnvdAnalysis
import EnvdSyntax

/// A place in the brackets of a call: which argument is written there, and what the others give.
struct ArgumentPlace {
    let call: CallExpr
    /// The name that the argument at the place is given by.
    let keyword: String?
    /// The arguments that are given by name elsewhere in the call.
    let otherKeywords: Set<String>
    /// How many arguments before the place are given by position.
    let position: Int
    /// Whether arguments before the place are unpacked, so that nobody knows how many there are.
    let isOpen: Bool
    /// Whether the argument at the place is itself unpacked.
    let isUnpacked: Bool
    /// How many arguments of the whole call are given by position, without the one at the place.
    let otherPositions: Int

    /// - Parameter offset: in UTF-8 bytes of the file, behind the opening bracket of the call.
    init?(_ list: ArgumentList, at offset: Int) {
        guard let call = list.node.parent.flatMap(CallExpr.init) else { return nil }
        self.call = call
        var start = list.leftParen?.range.upperBound ?? offset
        var end = Int.max
        for token in list.node.ownTokens where token.kind == .comma {
            if token.range.upperBound <= offset {
                start = token.range.upperBound
            } else {
                end = token.range.lowerBound
                break
            }
        }
        var keyword: String?
        var others: Set<String> = []
        var (position, otherPositions) = (0, 0)
        var (isOpen, isUnpacked) = (false, false)
        for argument in list.arguments {
            let range = argument.range
            let isHere = range.lowerBound >= start && range.lowerBound < end
            switch argument {
            case .expr:
                if !isHere { otherPositions += 1 }
                if range.lowerBound < start { position += 1 }
            case .keywordArgument(let argument):
                guard let name = argument.name else { continue }
                if isHere {
                    if let equal = argument.equal, equal.range.upperBound <= offset { keyword = name.text }
                } else {
                    others.insert(name.text)
                }
            case .unpackArgument:
                if isHere { isUnpacked = true } else if range.lowerBound < start { isOpen = true }
            }
        }
        self.keyword = keyword
        otherKeywords = others
        self.position = position
        self.otherPositions = otherPositions
        self.isOpen = isOpen
        self.isUnpacked = isUnpacked
    }

    /// The parameter of a function that the argument at the place is for, as an index; nil if there is none, or nobody knows.
    func parameter(of function: FunctionType) -> Int? {
        let parameters = function.parameters
        if let keyword {
            return parameters.firstIndex { parameter in
                parameter.name == keyword && (parameter.kind == .ordinary || parameter.kind == .keywordOnly)
            } ?? parameters.firstIndex { $0.kind == .keywords }
        }
        let variadic = parameters.firstIndex { $0.kind == .variadic }
        if isUnpacked || isOpen { return variadic }
        let places = parameters.indices.filter {
            parameters[$0].kind == .positionalOnly || parameters[$0].kind == .ordinary
        }
        return position < places.count ? places[position] : variadic
    }

    /// The parameters that can still be given by name, as indices.
    func freeParameters(of function: FunctionType) -> [Int] {
        let parameters = function.parameters
        let places = parameters.indices.filter {
            parameters[$0].kind == .positionalOnly || parameters[$0].kind == .ordinary
        }
        let taken = Set(places.prefix(otherPositions))
        return parameters.indices.filter { index in
            let parameter = parameters[index]
            return (parameter.kind == .ordinary || parameter.kind == .keywordOnly) && !taken.contains(index)
                && !otherKeywords.contains(parameter.name)
        }
    }
}
