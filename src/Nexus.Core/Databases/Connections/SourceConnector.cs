using System.Net;
using Nexus.Core.Databases.Sources;
using Npgsql;

namespace Nexus.Core.Databases.Connections;

/// <summary>
/// Opens connections to sources: to an address that was judged, while TLS asks for the host's name. No pool, no type loading, and
/// nothing of the server's own environment (password files, client certificates, Kerberos).
/// </summary>
public sealed class SourceConnector(SourceAddresses addresses, ExternalDatabaseOptions options, TimeProvider time)
{
    private const string PasswordMethods = "Password,MD5,ScramSHA256,None";

    /// <exception cref="NexusException">The host may not be reached, or the connection failed: what to check.</exception>
    internal async Task<SourceConnection> OpenAsync(SourceTarget target, CancellationToken cancellationToken)
    {
        var found = await addresses.ResolveAsync(target.Host, cancellationToken);
        using var patience = new CancellationTokenSource(options.ConnectTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        Exception? failure = null;
        foreach (var (address, encrypted) in Attempts(found, target.SslMode))
        {
            try
            {
                return await OpenAsync(target, address, encrypted, both.Token);
            }
            catch (Exception exception) when (ConnectionErrors.IsOfConnection(exception) && !cancellationToken.IsCancellationRequested)
            {
                failure ??= exception;
                if (patience.IsCancellationRequested) break;
            }
        }

        throw ConnectionErrors.Of(failure!, target);
    }

    /// <summary>Each address once; twice where it may do without encryption.</summary>
    private static IEnumerable<(IPAddress Address, bool Encrypted)> Attempts(IReadOnlyList<IPAddress> addresses, DatabaseSslMode mode)
    {
        foreach (var address in addresses)
        {
            if (mode != DatabaseSslMode.Disable) yield return (address, true);
            if (mode is DatabaseSslMode.Disable or DatabaseSslMode.Prefer) yield return (address, false);
        }
    }

    private async Task<SourceConnection> OpenAsync(
        SourceTarget target, IPAddress address, bool encrypted, CancellationToken cancellationToken)
    {
        var builder = new NpgsqlDataSourceBuilder(ConnectionString(target, address, encrypted).ConnectionString);
        builder.ConfigureTypeLoading(loading => loading.EnableTypeLoading(false));
        builder.UseSslClientAuthenticationOptionsCallback(tls =>
        {
            tls.TargetHost = target.Host;
            if (CertificateRules.For(target.SslMode, options.AuthoritiesFile) is { } rule) tls.RemoteCertificateValidationCallback = rule;
        });
        var source = builder.Build();
        try
        {
            return new(source, await source.OpenConnectionAsync(cancellationToken), target, encrypted);
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    private NpgsqlConnectionStringBuilder ConnectionString(SourceTarget target, IPAddress address, bool encrypted) => new()
    {
        Host = address.ToString(),
        Port = target.Port,
        Database = target.DatabaseName,
        Username = target.Username,
        Password = target.Password,
        SslMode = encrypted ? SslMode.Require : SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        RequireAuth = PasswordMethods,
        ApplicationName = "nexus",
        Pooling = false,
        Enlist = false,
        Timeout = Math.Max(1, (int)options.ConnectTimeout.TotalSeconds),
        CommandTimeout = 0, // The session's own limits count.
        MaxAutoPrepare = 0,
        PersistSecurityInfo = false,
        IncludeErrorDetail = false,
    };
}
