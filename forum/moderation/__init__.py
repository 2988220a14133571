"""Reports, decisions and objections, and their public record."""
