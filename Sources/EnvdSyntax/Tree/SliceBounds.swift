// Which bound of a slice is which shows only from the colons between them.

extension SliceExpr {
    package var lower: Expr? { bound(0) }
    package var upper: Expr? { bound(1) }
    package var step: Expr? { bound(2) }

    private func bound(_ colons: Int) -> Expr? {
        var seen = -1
        for element in node.elements {
            switch element {
            case .token(let token):
                if token.kind == .leftBracket { seen = 0 }
                if token.kind == .colon { seen += 1 }
            case .node(let child):
                if seen == colons, let expr = Expr(child) { return expr }
            }
        }
        return nil
    }
}
