"""A competitiveness index of the provinces after the OECD/JRC handbook on composite indicators.

The report names six pillars and prints ranks only; neither its indicators nor its weights are known. What is computed
here is an index of the reader's own making from the data that are loaded, never the report's.

Source of the method: OECD, European Union and Joint Research Centre (2008), *Handbook on Constructing Composite
Indicators: Methodology and User Guide*, OECD Publishing, Paris, doi:10.1787/9789264043466-en.
"""
