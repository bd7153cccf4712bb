"""All the kit's widgets on a few pages: ``python -m tests.ui.kit.gallery FOLDER`` paints them."""
