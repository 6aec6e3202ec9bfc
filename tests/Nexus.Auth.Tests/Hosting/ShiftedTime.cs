namespace Nexus.Auth.Tests.Hosting;

/// <summary>The system's clock, put forward at will.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private TimeSpan _shift;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _shift;

    public void Advance(TimeSpan time) => _shift += time;
}
