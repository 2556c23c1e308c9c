"""Papers: a report as a spreadsheet, a Word file, a PDF, a picture and a web page, all from one value."""
