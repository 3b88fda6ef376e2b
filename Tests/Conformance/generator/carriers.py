"""Ways to make a call: from `build()` itself, a helper, a loop, another file.

Every way is a method whose name begins with `call_`. It gets a group of calls of one function that differ in their
values only, and returns the lines that make them, in order, for the body of a function.
"""

from generator.expressions import FALSE, TRUE


def indented(lines):
    """One level further in; what is within a line, such as the end of a long string, stays where it is."""
    return ["    " + line for line in lines]


class Call:
    """A call of an API function: its arguments by parameter, and how they are given."""

    def __init__(self, function, values, positional, order):
        self.function = function
        self.values = values
        #: How many of the parameters, from the first on, are given by position.
        self.positional = positional
        #: The names of the others, in the order in which they are written.
        self.order = order

    @property
    def names(self):
        return list(self.values)[: self.positional] + self.order

    def text(self, arguments, function=None):
        """The call with these expressions, by parameter, as arguments."""
        first = [arguments[name] for name in list(self.values)[: self.positional]]
        return f"{function or self.function}({', '.join(first + [f'{name}={arguments[name]}' for name in self.order])})"


class Carriers:
    def __init__(self, rng, expressions, used, others):
        self.rng, self.expressions, self.used = rng, expressions, used
        #: Files that can be loaded; each only loads those after it.
        self.others = others
        self.depth = 0

    def lines(self, group, file):
        """Any of the ways, for a place in a function."""
        way = self.rng.choice(ALL_CARRIERS)
        # Ways are nested in each other, up to a point.
        self.depth += 1
        lines = getattr(self, way)(group, file) if self.depth < 4 else None
        self.depth -= 1
        if lines is None:
            return self.call_plain(group, file)
        self.used.append(way)
        return lines

    def arguments(self, call, file):
        return {name: self.expressions.write(value, file) for name, value in call.values.items()}

    def call_plain(self, group, file):
        return [call.text(self.arguments(call, file)) for call in group]

    def call_commented(self, group, file):
        lines = [line + "  # why" for line in self.call_plain(group, file)]
        return [
            "# What follows says it again.",
            "",
            *lines,
            self.rng.choice(["pass", "None", '"""A string."""', "x = None; x"]),
        ]

    def call_by_variables(self, group, file):
        lines = []
        for call in group:
            arguments = {}
            for name, value in self.arguments(call, file).items():
                arguments[name] = self.expressions.fresh("local")
                lines.append(f"{arguments[name]} = {value}")
            lines.append(call.text(arguments))
        return lines

    def call_by_alias(self, group, file):
        alias = self.expressions.fresh("alias")
        return [f"{alias} = {group[0].function}", *[call.text(self.arguments(call, file), alias) for call in group]]

    def call_by_getattr(self, group, file):
        module, dot, name = group[0].function.partition(".")
        if not dot:
            return None
        return [call.text(self.arguments(call, file), f'getattr({module}, "{name}")') for call in group]

    def call_by_splat(self, group, file):
        lines = []
        for call in group:
            arguments = self.arguments(call, file)
            first = ", ".join(arguments[name] for name in list(call.values)[: call.positional])
            rest = ", ".join(f'"{name}": {arguments[name]}' for name in call.order)
            lines.append(f"{call.function}(*[{first}], **{{{rest}}})")
        return lines

    def call_in_loop(self, group, file):
        names = group[0].names
        if not names:
            return [f"for _ in range({len(group)}):", *indented([f"{group[0].function}()"])]
        variables = {name: self.expressions.fresh("item") for name in names}
        items = []
        for call in group:
            arguments = self.arguments(call, file)
            item = ", ".join(arguments[name] for name in names)
            items.append(f"({item})" if len(names) > 1 else item)
        targets = ", ".join(variables[name] for name in names)
        skip = self.rng.choice(
            [[], [f"if {self.rng.choice(FALSE)}:", "    continue"], [f"if {self.rng.choice(FALSE)}:", "    break"]]
        )
        return [f"for {targets} in [{', '.join(items)}]:", *indented(skip + [group[0].text(variables)])]

    def call_in_comprehension(self, group, file):
        names = group[0].names
        if len(names) != 1:
            return None
        items = ", ".join(self.expressions.write(call.values[names[0]], file) for call in group)
        return [f"[{group[0].text({names[0]: 'x'})} for x in [{items}]]"]

    def call_in_branch(self, group, file):
        inner = self.lines(group, file)
        never = indented([self.rng.choice(["fail('never')", "install.apt_packages(['never'])", "pass"])])
        if self.rng.random() < 0.5:
            return [f"if {self.rng.choice(TRUE)}:", *indented(inner), "else:", *never]
        return [f"if {self.rng.choice(FALSE)}:", *never, f"elif {self.rng.choice(TRUE)}:", *indented(inner)]

    def call_in_condition(self, group, file):
        shape = self.rng.choice(["{0} if {1} else fail()", "{1} and {0}", "x = [{0}, {1}]", "not {0}"])
        return [shape.format(line, self.rng.choice(TRUE)) for line in self.call_plain(group, file)]

    def call_in_lambda(self, group, file):
        return [f"(lambda: {line})()" for line in self.call_plain(group, file)]

    def call_in_nested_function(self, group, file):
        name = self.expressions.fresh("inner")
        body = self.lines(group, file)
        return [f"def {name}(unused=0):", *indented(['"""What it does."""', *body, "return unused"]), f"{name}()"]

    def call_in_helper(self, group, file):
        """A function whose parameters are what differs between the calls."""
        return self._helper(group, file, file)

    def call_in_helper_with_defaults(self, group, file):
        name = self.expressions.fresh("helper")
        call = group[0]
        arguments = {key: self.expressions.fresh("parameter") for key in call.names}
        defaults = [f"{arguments[key]}={self.expressions.literal(call.values[key], file)}" for key in call.names]
        file.functions.append([f"def {name}({', '.join(defaults)}):", *indented([f"return {call.text(arguments)}"])])
        lines = [f"{name}()"]
        for other in group[1:]:
            given = [f"{arguments[key]}={self.expressions.write(other.values[key], file)}" for key in other.names]
            lines.append(f"{name}({', '.join(self.rng.sample(given, len(given)))})")
        return lines

    def call_through_wrapper(self, group, file):
        """A function that hands on whatever it is given."""
        name = self.expressions.fresh("wrapper")
        file.functions.append([f"def {name}(*args, **kwargs):", *indented([f"{group[0].function}(*args, **kwargs)"])])
        return [call.text(self.arguments(call, file), name) for call in group]

    def call_in_loaded_function(self, group, file):
        later = self.others[self.others.index(file) + 1 :]
        return self._helper(group, file, self.rng.choice(later)) if later else None

    def call_from_a_loaded_file(self, group, file):
        """A function without parameters, that does it in any of the ways itself."""
        later = self.others[self.others.index(file) + 1 :]
        if not later:
            return None
        other = self.rng.choice(later)
        name = self.expressions.fresh("all_of_it")
        body = self.lines(group, other)
        other.functions.append([f"def {name}():", *indented(body)])
        return [f"{file.load(other, name, self.rng)}()"]

    def call_with_loaded_values(self, group, file):
        later = self.others[self.others.index(file) + 1 :]
        if not later or not group[0].names:
            return None
        other = self.rng.choice(later)
        lines = []
        for call in group:
            arguments = self.arguments(call, file)
            name = self.rng.choice(call.names)
            arguments[name] = file.load(other, self.expressions.constant(call.values[name], other), self.rng)
            lines.append(call.text(arguments))
        return lines

    def _helper(self, group, file, home):
        name = self.expressions.fresh("helper")
        call = group[0]
        parameters = {key: self.expressions.fresh("parameter") for key in call.names}
        body = ['"""What it does."""'] if self.rng.random() < 0.3 else []
        if self.rng.random() < 0.3:
            body += [f"if {self.rng.choice(FALSE)}:", "    return"]
        home.functions.append(
            [f"def {name}({', '.join(parameters.values())}):", *indented(body + [call.text(parameters)])]
        )
        known = name if home is file else file.load(home, name, self.rng)
        lines = []
        for other in group:
            arguments = self.arguments(other, file)
            given = [arguments[key] for key in other.names]
            if self.rng.random() < 0.4:
                given = [f"{parameters[key]}={arguments[key]}" for key in other.names]
            lines.append(f"{known}({', '.join(given)})")
        return lines


ALL_CARRIERS = sorted(name for name in vars(Carriers) if name.startswith("call_"))
