using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Nexus.Auth.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ServiceClients : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "PollAfter",
                table: "OAuthTokens",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DocumentFreshUntil",
                table: "OAuthClients",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "OrganizationId",
                table: "OAuthClients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "ServiceAccountId",
                table: "OAuthClients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "UsedAssertions",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UsedAssertions", x => x.Hash);
                });

            migrationBuilder.CreateIndex(
                name: "IX_OAuthClients_OrganizationId",
                table: "OAuthClients",
                column: "OrganizationId");

            migrationBuilder.CreateIndex(
                name: "IX_UsedAssertions_ExpiresAt",
                table: "UsedAssertions",
                column: "ExpiresAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "UsedAssertions");

            migrationBuilder.DropIndex(
                name: "IX_OAuthClients_OrganizationId",
                table: "OAuthClients");

            migrationBuilder.DropColumn(
                name: "PollAfter",
                table: "OAuthTokens");

            migrationBuilder.DropColumn(
                name: "DocumentFreshUntil",
                table: "OAuthClients");

            migrationBuilder.DropColumn(
                name: "OrganizationId",
                table: "OAuthClients");

            migrationBuilder.DropColumn(
                name: "ServiceAccountId",
                table: "OAuthClients");
        }
    }
}
