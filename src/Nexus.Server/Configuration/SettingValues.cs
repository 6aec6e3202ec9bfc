using System.Globalization;

namespace Nexus.Server.Configuration;

/// <summary>Reads single settings, and keeps what is wrong with them. Names are shown as environment variables are written.</summary>
internal sealed class SettingValues(IConfiguration configuration)
{
    private readonly List<SettingProblem> _problems = [];

    public IReadOnlyList<SettingProblem> Problems => _problems;

    public void Complain(string setting, string message, string mend) =>
        _problems.Add(new(setting.Replace(":", "__", StringComparison.Ordinal), message, mend));

    /// <summary>Null when it is missing or empty.</summary>
    public string? Text(string setting) => configuration[setting] is { Length: > 0 } text ? text : null;

    /// <summary>A list, or one value with commas.</summary>
    public IReadOnlyList<string> List(string setting) => configuration.GetSection(setting) is { Value: { } value }
        ? value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        : [.. configuration.GetSection(setting).GetChildren().Select(child => child.Value).OfType<string>()];

    public int? Number(string setting, int lowest, int highest)
    {
        if (Text(setting) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= lowest && number <= highest) return number;
        Complain(setting, "is not a number in its range.", $"Use {lowest} to {highest}.");
        return null;
    }

    /// <summary>With a point and up to two digits after it.</summary>
    public double? Decimal(string setting, double lowest, double highest)
    {
        if (Text(setting) is not { } text) return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && (double)number >= lowest && (double)number <= highest && decimal.Round(number, 2) == number) return (double)number;
        Complain(setting, "is not a number in its range.", string.Create(CultureInfo.InvariantCulture, $"Use {lowest} to {highest}, with a point and two digits after it at most."));
        return null;
    }

    /// <summary>Up to a day.</summary>
    public TimeSpan? Seconds(string setting) =>
        Number(setting, 1, 24 * 3600) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>In bytes.</summary>
    public long? Mebibytes(string setting, int least) =>
        Number(setting, least, 1024 * 1024) is { } number ? number * 1024L * 1024 : null;

    /// <summary>on or off.</summary>
    public bool IsOn(string setting, bool byDefault) => OneOf<Switch>(setting) is { } state ? state == Switch.On : byDefault;

    public T? OneOf<T>(string setting) where T : struct, Enum
    {
        if (Text(setting) is not { } text) return null;
        if (Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase)) return Enum.Parse<T>(text, ignoreCase: true);
        Complain(setting, "is not one of its words.", $"Use {string.Join(" or ", Enum.GetNames<T>()).ToLowerInvariant()}.");
        return null;
    }

    /// <summary>An http(s) address without query and fragment, as written.</summary>
    public string? Address(string setting)
    {
        if (Text(setting) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0) return text;
        Complain(setting, "is not an http or https address.", "Write it like https://nexus.example.com");
        return null;
    }

    /// <summary>An address without a path; a trailing slash is dropped.</summary>
    public string? Origin(string setting)
    {
        if (Address(setting) is not { } text) return null;
        if (new Uri(text).AbsolutePath == "/") return text.TrimEnd('/');
        Complain(setting, "has a path.", "Give the origin alone, like https://nexus.example.com");
        return null;
    }

    /// <summary>A misspelt setting would otherwise be ignored in silence. A variable <c>NEXUS</c>, as in the README's examples, is none.</summary>
    public void RefuseUnknown(IReadOnlyCollection<string> known)
    {
        foreach (var (name, _) in configuration.GetSection("Nexus").AsEnumerable().Where(pair => pair.Value is not null && pair.Key.Contains(':')))
        {
            if (known.Any(one => Matches(name, one))) continue;
            Complain(name, "is not a setting.", "See appsettings.example.json for all of them.");
        }
    }

    private static bool Matches(string name, string known) =>
        name.Equals(known, StringComparison.OrdinalIgnoreCase)
        || (name.StartsWith(known + ":", StringComparison.OrdinalIgnoreCase) && int.TryParse(name[(known.Length + 1)..], out _));

    private enum Switch
    {
        On,
        Off,
    }
}
