using Microsoft.AspNetCore.Identity;

namespace Nexus.Auth.Accounts;

/// <summary>A person who can sign in. The e-mail address is the user name.</summary>
internal sealed class Account : IdentityUser<Guid>
{
    public required string Name { get; set; }

    /// <summary>The time step of the last one-time code that was accepted; none at or before it is accepted again.</summary>
    public long LastCodeStep { get; set; }
}
