using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nexus.Core.Storage.Configurations;

/// <summary>Keeps a value as JSON text, the same on every database.</summary>
internal static class JsonColumn
{
    public static PropertyBuilder<T> HasJsonConversion<T>(this PropertyBuilder<T> property)
    {
        property.HasConversion(
            value => JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web)!,
            new ValueComparer<T>(
                (left, right) => Text(left) == Text(right),
                value => Text(value).GetHashCode(StringComparison.Ordinal),
                value => JsonSerializer.Deserialize<T>(Text(value), JsonSerializerOptions.Web)!));
        return property;
    }

    private static string Text<T>(T? value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
}
