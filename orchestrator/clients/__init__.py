"""What is outside us: Azure Resource Manager through azure.* (only here), and the official Bicep CLI as a subprocess.

The same code talks to Azure and to the lab; only `connection` looks at the target's kind. Nothing is printed here.
"""
