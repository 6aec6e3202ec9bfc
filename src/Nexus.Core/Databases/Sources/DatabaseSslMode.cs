namespace Nexus.Core.Databases.Sources;

/// <summary>How a connection is encrypted, in libpq's words.</summary>
public enum DatabaseSslMode
{
    Disable,

    /// <summary>Encrypted where the server can; whoever sits in between can talk it out of that.</summary>
    Prefer,

    /// <summary>Encrypted, with whoever it is.</summary>
    Require,

    /// <summary>The certificate's authority is trusted; its name doesn't count.</summary>
    VerifyCa,

    /// <summary>The certificate is trusted and names the host.</summary>
    VerifyFull,
}
