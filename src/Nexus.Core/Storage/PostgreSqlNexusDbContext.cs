using Microsoft.EntityFrameworkCore;

namespace Nexus.Core.Storage;

/// <summary>The model on PostgreSQL.</summary>
public sealed class PostgreSqlNexusDbContext(DbContextOptions<PostgreSqlNexusDbContext> options) : NexusDbContext(options);
