"""What members write and read: Markdown to safe HTML, tags, French typography, numbers, dates, fields of forms."""
