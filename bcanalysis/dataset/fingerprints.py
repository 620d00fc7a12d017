def fingerprints(dataset, selections):
    return {f.name: f.sha256 for f in dataset.files}
