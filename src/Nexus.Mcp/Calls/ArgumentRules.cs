using System.Text.Json;
using Nexus.Core;

namespace Nexus.Mcp.Calls;

/// <summary>
/// Holds a call's arguments against the tool's own input schema, before the SDK binds them: it would ignore unknown ones and
/// answer a wrong type with an opaque message.
/// </summary>
internal sealed class ArgumentRules
{
    private readonly Dictionary<string, JsonElement> _properties;
    private readonly string[] _required;

    public ArgumentRules(JsonElement inputSchema)
    {
        _properties = inputSchema.GetProperty("properties").EnumerateObject().ToDictionary(one => one.Name, one => one.Value);
        _required = inputSchema.TryGetProperty("required", out var required)
            ? [.. required.EnumerateArray().Select(name => name.GetString()!)]
            : [];
    }

    /// <summary>Everything that is wrong, in one error; null for nothing.</summary>
    public NexusException? Problem(IDictionary<string, JsonElement>? arguments)
    {
        var problems = new List<ArgumentProblem>();
        foreach (var name in _required.Where(name => IsAbsent(arguments, name)))
            problems.Add(new(name, $"{name} is missing ({SchemaWords.Of(_properties[name])})"));
        foreach (var (name, value) in arguments ?? new Dictionary<string, JsonElement>())
        {
            if (!_properties.TryGetValue(name, out var schema)) problems.Add(Unknown(name));
            else if (value.ValueKind != JsonValueKind.Null) SchemaCheck.Collect(schema, value, name, problems);
        }

        return problems.Count == 0 ? null : Shape(problems);
    }

    /// <summary>An optional argument that is null was left out; some clients send each one that they know.</summary>
    public static IDictionary<string, JsonElement>? WithoutNulls(IDictionary<string, JsonElement>? arguments) =>
        arguments is null || !arguments.Values.Any(IsNull)
            ? arguments
            : arguments.Where(argument => !IsNull(argument.Value)).ToDictionary();

    private ArgumentProblem Unknown(string name) =>
        new(name, $"{SchemaWords.Shorten(name)} is not an argument of this tool{SchemaWords.Suggest(name, _properties.Keys)}");

    private NexusException Shape(List<ArgumentProblem> problems) => new(
        "INVALID_ARGUMENTS",
        string.Join("; ", problems.Select(problem => problem.Message)) + ".",
        _properties.Count == 0 ? "It takes no arguments." : $"It takes {string.Join(", ", _properties.Keys.Select(Marked))}.",
        problems[0].Field);

    private string Marked(string name) => _required.Contains(name) ? $"{name} (required)" : name;

    private static bool IsAbsent(IDictionary<string, JsonElement>? arguments, string name) =>
        arguments is null || !arguments.TryGetValue(name, out var value) || IsNull(value);

    private static bool IsNull(JsonElement value) => value.ValueKind == JsonValueKind.Null;
}

/// <summary>What is wrong with one argument.</summary>
internal sealed record ArgumentProblem(string Field, string Message);
