namespace Nexus.Core.Secrets;

/// <summary>The operator's keys: new values are sealed with the current one, old ones open with any.</summary>
/// <param name="Current"><c>ENCRYPTION_KEY</c>.</param>
/// <param name="Previous"><c>ENCRYPTION_KEY_PREVIOUS</c>, kept until <c>vault rotate</c> has sealed everything anew.</param>
public sealed record VaultOptions(VaultKey Current, VaultKey? Previous = null)
{
    internal VaultKey? Find(string keyId) =>
        Current.Id == keyId ? Current : Previous?.Id == keyId ? Previous : null;
}
