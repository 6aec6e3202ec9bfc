using System.Globalization;
using System.Text.RegularExpressions;
using Nexus.Core.Databases.Safety.Parsing;

namespace Nexus.Core.Databases.Fixes.Statements;

/// <summary>Tells what the value in a statement looks like; the value itself goes nowhere.</summary>
internal static class ValueShapes
{
    private static readonly Regex Time = new("^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}|$)", RegexOptions.NonBacktracking);

    private static readonly string[] Clocks = ["now", "current_timestamp", "transaction_timestamp", "clock_timestamp", "statement_timestamp"];

    public static ValueShape Of(SqlNode value) => value.Kind switch
    {
        "A_Const" => OfConstant(value),
        "TypeCast" when value.One("arg") is { } inner => Of(inner),
        "FuncCall" when value.Names("funcname") is [.., var name] && Clocks.Contains(name) => ValueShape.Time,
        "SQLValueFunction" => ValueShape.Time,
        _ => ValueShape.Unknown,
    };

    private static ValueShape OfConstant(SqlNode constant) =>
        constant.One("ival") is not null ? ValueShape.Integer
        : constant.One("fval") is { } number ? OfNumber(number.Text("fval") ?? number.Text("str") ?? "")
        : constant.One("boolval") is not null ? ValueShape.Boolean
        : constant.One("sval") is { } text ? OfText(text.Text("sval") ?? "")
        : ValueShape.Unknown;

    // What is too large for an int4 comes as a float.
    private static ValueShape OfNumber(string number) =>
        long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? ValueShape.Integer : ValueShape.Decimal;

    private static ValueShape OfText(string text) =>
        Guid.TryParseExact(text, "D", out _) ? ValueShape.Uuid
        : Time.IsMatch(text) ? ValueShape.Time
        : text is ['{', .., '}'] or ['[', .., ']'] ? ValueShape.Json
        : ValueShape.Text;
}
