using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Nexus.Core.Storage;

/// <summary>Keeps points in time as UTC ticks where the database has no type that sorts and compares them (SQLite).</summary>
public sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
    time => time.UtcTicks,
    ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
